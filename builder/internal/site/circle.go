package site

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// circles returns the shortest circle in each group of nodes that all lead to one
// another, among those through the node of the group that is reached first. The time
// grows with the number of nodes and edges (Tarjan's algorithm).
func circles[T comparable](nodes []T, next func(T) iter.Seq[T]) (found [][]T) {
	number, low := make(map[T]int, len(nodes)), make(map[T]int, len(nodes)) // 0 before the visit
	done := map[T]bool{}
	var open []T
	var visit func(n T)
	visit = func(n T) {
		open = append(open, n)
		first := len(open) - 1
		number[n] = len(number) + 1
		low[n] = number[n]
		for to := range next(n) {
			if number[to] == 0 {
				visit(to)
			}
			if !done[to] {
				low[n] = min(low[n], low[to])
			}
		}
		if low[n] < number[n] {
			return
		}
		if group := open[first:]; len(group) > 1 {
			found = append(found, shortestCircle(n, group, next))
		}
		for _, g := range open[first:] {
			done[g] = true
		}
		open = open[:first]
	}
	for _, n := range nodes {
		if number[n] == 0 {
			visit(n)
		}
	}
	return found
}

// shortestCircle returns the shortest circle through a node of a group.
func shortestCircle[T comparable](from T, group []T, next func(T) iter.Seq[T]) (circle []T) {
	before := make(map[T]*T, len(group)) // the node before each, nil until it is reached
	for _, g := range group {
		before[g] = nil
	}
	for queue := []T{from}; before[from] == nil; queue = queue[1:] {
		n := queue[0]
		for to := range next(n) {
			if b, in := before[to]; in && b == nil {
				before[to] = &n
				queue = append(queue, to)
			}
		}
	}
	circle = []T{from}
	for n := *before[from]; n != from; n = *before[n] {
		circle = append(circle, n)
	}
	slices.Reverse(circle[1:])
	return circle
}

// circleText returns the names in a circle for a message, of a long one only some.
func circleText[T any](circle []T, name func(T) string) string {
	const most = 8
	var names []string
	for _, n := range circle {
		names = append(names, name(n))
	}
	if len(names) > most {
		names = append(names[:most-2:most-2], fmt.Sprintf("… (%d more)", len(names)-most+1), names[len(names)-1])
	}
	return strings.Join(append(names, name(circle[0])), " → ")
}
