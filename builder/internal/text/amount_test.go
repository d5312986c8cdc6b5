package text

import (
	"fmt"
	"testing"
)

func TestReadAmount(t *testing.T) {
	for figure, want := range map[string]string{
		"46":                             "46 46 | 46 | ",
		"46, mostly women":               "46 46 | 46 | mostly women",
		"1 (Frontier Corps); 7 wounded":  "1 1 | 1 | (Frontier Corps); 7 wounded",
		"none; 3 injured":                "0 0 | none | 3 injured",
		"at least 20 militants":          "20 20 >| at least 20 | militants",
		"Over 200":                       "200 200 >| Over 200 | ",
		"more than twenty":               "20 20 >| more than twenty | ",
		"up to 3":                        "3 3 <| up to 3 | ",
		"about 1,000":                    "1000 1000 ~| about 1,000 | ",
		"20 or more people":              "20 20 >| 20 or more | people",
		"20 or more, of them 5 women":    "20 20 >| 20 or more | of them 5 women",
		"20 or more  (5 women)":          "20 20 >| 20 or more | (5 women)",
		"7 to 8":                         "7 8 | 7 to 8 | ",
		"15–20 people":                   "15 20 | 15–20 | people",
		"three or four":                  "3 4 | three or four | ",
		"20-15":                          "",
		"1 234 567":                      "1.234567e+06 1.234567e+06 | 1 234 567 | ",
		"1.234.567":                      "1.234567e+06 1.234567e+06 | 1.234.567 | ",
		"3.5 million":                    "3.5 3.5 | 3.5 | million",
		"3,5":                            "3.5 3.5 | 3,5 | ",
		"94%":                            "94 94 | 94% | ",
		"14 months":                      "14 14 | 14 | months",
		"12 of 40":                       "12 12 | 12 | of 40",
		"٤٦":                             "46 46 | 46 | ",
		"1,210 (1,203 in another)":       "1210 1210 | 1,210 | (1,203 in another)",
		"1.000":                          "",
		"2024-12-24":                     "",
		"dozens, by credible reports":    "",
		"no figure given":                "",
		"from 15 to 20":                  "",
		"May 2022":                       "",
		"-5":                             "",
		"":                               "",
		"at least":                       "",
		"nonesuch":                       "",
		"123456789012345678901234567890": "",
	} {
		got := ""
		if a, ok := ReadAmount(figure, AmountWords); ok {
			got = fmt.Sprintf("%v %v %s| %s | %s", a.Low, a.High, a.Bound, a.Said, a.Rest)
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", figure, got, want)
		}
	}
	if a, ok := ReadAmount("mindestens zwölf", "mindestens = >\nzwölf = 12"); !ok || a.Low != 12 || a.Bound != ">" {
		t.Errorf("other words: %+v", a)
	}
	for line, want := range map[string]bool{"at least = >": true, "dix = 10": true, "dix=10": false, "x = y": false, " = 1": false} {
		if ValidAmountWord(line) != want {
			t.Errorf("%q is valid: %t", line, !want)
		}
	}
}

func FuzzReadAmount(f *testing.F) {
	f.Add("at least 20–30, of 1,000")
	f.Fuzz(func(t *testing.T, figure string) {
		if a, ok := ReadAmount(figure, AmountWords); ok && !(a.Low >= 0 && a.High >= a.Low) {
			t.Errorf("%q is read as %+v", figure, a)
		}
	})
}
