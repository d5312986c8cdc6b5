package asset

import "testing"

// Cameras and scanners write endings in capitals.
func TestBugEndingInCapitals(t *testing.T) {
	if got, want := refer(t, "css/a.css", `i{background:url(Map.PNG)}`, "css/Map.PNG"), `i{background:url(./Map.HASH.PNG)}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
