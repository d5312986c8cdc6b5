package search

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/frontmatter"
)

func TestWords(t *testing.T) {
	for name, c := range map[string]struct {
		config frontmatter.Config
		text   string
		stop   string
		same   []string
	}{
		"forms":        {frontmatter.Config{Language: "en-GB"}, "He predicts; predicted the predictions. Talks, talk.", "he the", []string{"predicted predictions predicts", "talk talks"}},
		"one form":     {frontmatter.Config{Language: "en"}, "The strike.", "the", nil},
		"numbers":      {frontmatter.Config{Language: "en"}, "19 dead", "", []string{"nineteen 19"}},
		"other words":  {frontmatter.Config{Language: "de", FigureWords: "elf = 11"}, "Elf Tote, zwölf Tote", "", []string{"elf 11"}},
		"other digits": {frontmatter.Config{Language: "ur", FigureWords: "بارہ = 12\nDreißig = 30"}, "۱۲ اور DREISSIG", "", []string{"بارہ 12", "Dreißig 30"}},
		"joiners":      {frontmatter.Config{Language: "fr"}, "réfu\u00adgié, réfugiés", "", []string{"réfugié réfugiés"}},
		"synonyms":     {frontmatter.Config{Language: "en", Synonyms: "bomb, Air-Strike, should"}, "Bombed, and should bombs", "and", []string{"bombed bombs", "air-strike bomb bombed bombs should"}},
		"no stemmer":   {frontmatter.Config{Language: "pl", Synonyms: "a, b"}, "Talks, talk, the", "", []string{"a b"}},
		"apostrophes":  {frontmatter.Config{Language: "en"}, "Pakistan, Pakistan’s", "", []string{"pakistan pakistans"}},
		"other script": {frontmatter.Config{Language: "ru"}, "Границы, граница", "", []string{"граница границы"}},
	} {
		c.config.Title = "S"
		var got words
		file := string(filesOf(t, c.config, map[string]string{"index.md": "# Xyz\n\n" + c.text + "\n"})["search/words.js"])
		data, _ := strings.CutPrefix(file, `siteIndex.add("words",`)
		if err := json.Unmarshal([]byte(strings.TrimSuffix(strings.TrimSpace(data), ");")), &got); err != nil {
			t.Fatalf("%s: %v in %s", name, err, file)
		}
		var same []string
		for _, group := range got.Same {
			same = append(same, strings.Join(group, " "))
		}
		if strings.Join(got.Stop, " ") != c.stop || !slices.Equal(same, c.same) {
			t.Errorf("%s: stop %q, same %q", name, got.Stop, same)
		}
	}
}
