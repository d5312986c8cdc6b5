package main

import (
	"fmt"
	"path/filepath"
	"time"
)

// contender is a program that builds the site.
type contender struct {
	name  string
	limit int // the largest size it is run on; 0 for none
	build func(c corpus, out string) *process
}

func (b *bench) contenders() []contender {
	list := []contender{
		{"floor", 0, func(c corpus, out string) *process {
			return b.command(b.self, floorCommand, c.hugo("content"), out)
		}},
		{"ours", 0, func(c corpus, out string) *process {
			return b.command(b.builder, append([]string{"build", "-out", out}, c.folders()...)...)
		}},
	}
	if b.hugo != "" {
		list = append(list,
			contender{"hugo", 0, func(c corpus, out string) *process { return b.hugoBuild(c, out, false) }},
			contender{"hugo+backlinks", backlinksLimit, func(c corpus, out string) *process { return b.hugoBuild(c, out, true) }},
		)
	}
	return list
}

// folders are the flags by which our program finds the site.
func (c corpus) folders() []string {
	return []string{"-content", c.ours("content"), "-layouts", c.ours("layouts"), "-static", c.ours("static")}
}

// cold builds the sites from nothing and prints what it took.
func (b *bench) cold(all []corpus) error {
	fmt.Print("\nCold builds\n\n")
	fmt.Printf("%7s  %-15s %10s %10s %9s %8s %9s %9s\n", "pages", "program", "time", "processor", "pages/s", "×floor", "×ours", "peak MiB")
	previous := map[string]time.Duration{}
	var growth []string
	for i, c := range all {
		took, err := b.coldRounds(c)
		if err != nil {
			return err
		}
		for _, p := range b.contenders() {
			now, ran := took[p.name]
			if !ran {
				fmt.Printf("%7d  %-15s    not run\n", c.size, p.name)
				continue
			}
			printCold(c, p.name, now, took)
			if old := previous[p.name]; old > 0 {
				growth = append(growth, fmt.Sprintf("%7d → %-7d %-15s pages ×%-5.3g time ×%.3g",
					all[i-1].size, c.size, p.name, float64(c.size)/float64(all[i-1].size), ratio(now.wall, old)))
			}
			previous[p.name] = now.wall
		}
		if err := b.printAllocs(c); err != nil {
			return err
		}
	}
	if len(growth) > 0 {
		fmt.Print("\nGrowth\n\n")
	}
	for _, line := range growth {
		fmt.Println(line)
	}
	return nil
}

// coldRounds lets the programs take turns and returns the medians by name.
func (b *bench) coldRounds(c corpus) (map[string]cost, error) {
	costs := map[string][]cost{}
	for round := range b.roundsOf(c) {
		for _, p := range b.contenders() {
			if p.limit > 0 && c.size > p.limit {
				continue
			}
			// Each into a folder of its own, and nothing is deleted before the end: some
			// file systems make files slowly for minutes after many were deleted.
			took, err := b.finish(p.build(c, filepath.Join(c.dir, "public", p.name, fmt.Sprint(round))))
			if err != nil {
				return nil, err
			}
			costs[p.name] = append(costs[p.name], took)
		}
	}
	all := map[string]cost{}
	for name, list := range costs {
		all[name] = medians(list)
	}
	return all, nil
}

func printCold(c corpus, name string, now cost, all map[string]cost) {
	fmt.Printf("%7d  %-15s %7.0f ms %7.0f ms %9.0f %8.2f %9.2f %9.0f\n", c.size, name, ms(now.wall), ms(now.cpu),
		float64(c.size)/now.wall.Seconds(), ratio(now.wall, all["floor"].wall), ratio(now.wall, all["ours"].wall), float64(now.peak)/(1<<20))
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }
