# Go alone builds and previews the site; browser tests also need Chromium, and the audit npm.

.DEFAULT_GOAL := help
.PHONY: help first install release build serve check test race fuzz audit bench screenshots card clean

GO ?= go
FUZZ_PARSE ?= 200000x
FUZZ_ESCAPE ?= 20000x
FUZZ_LIMITS ?= 3000x
FUZZ_BUILD ?= 200x
FUZZ_OPERATIONS ?= 20000
FUZZ_ROUNDS ?= 100
VERSION ?= $(shell git describe --tags --always --dirty)
TARGETS ?= linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
HUGO_VERSION ?= v0.165.0
hugo := $(CURDIR)/builder/bench/.hugo/$(HUGO_VERSION)/hugo

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

first: # says once why it takes long; goldmark is a part of the builder and of little else
	@test "$$($(GO) list -f '{{.Stale}}' github.com/yuin/goldmark 2>/dev/null)" = false || \
		echo "compiling the builder; this takes about a minute, and no time from now on"

install: first ## install the command builder, with its version, where go install puts commands
	@$(GO) install -buildvcs=auto ./builder
	@echo "installed $$($(GO) list -f '{{.Target}}' ./builder)"

# The version is the tag, and the times are those of the commit. What one commit, Go and Git make is
# the same byte for byte, whoever makes it.
release: first ## write archives of the builder for Linux, macOS and Windows and their checksums into dist/
	@rm -rf dist && mkdir dist
	@for target in $(TARGETS); do \
		name=builder-$(VERSION)-$$(echo $$target | tr / -); exe=builder; format=tar.gz; \
		case $$target in windows/*) exe=builder.exe; format=zip;; esac; \
		CGO_ENABLED=0 GOOS=$${target%/*} GOARCH=$${target#*/} $(GO) build -trimpath -buildvcs=true -ldflags "-X main.released=$(VERSION)" -o dist/$$exe ./builder && \
		TZ=UTC git archive --prefix=$$name/ --add-file=dist/$$exe -o dist/$$name.$$format HEAD README.md LICENSE && \
		rm dist/$$exe || exit; done
	@cd dist && sha256sum builder-* > SHA256SUMS && cat SHA256SUMS

build: first ## build the website into public/
	@$(GO) run ./builder build

serve: first ## preview at http://127.0.0.1:8080/ and rebuild as files are saved
	@$(GO) run ./builder serve

check: first ## report what does not hold in content/, warnings included
	@$(GO) run ./builder check -strict

test: first ## run all tests; those in a browser come last, a line for each, and are skipped without one
	@$(GO) test $$($(GO) list ./... | grep -v '/builder$$\|/browser$$') ./builder; status=$$?; \
		browser=$$(for name in $${CHROMIUM:-chromium chromium-browser google-chrome}; do command -v "$$name"; done); \
		$(GO) test $${browser:+-v} ./builder/browser | { \
			while IFS= read -r line; do case $$line in \
				'=== '*|' '*'--- PASS'*) ;; \
				FAIL*) failed=1; printf '%s\n' "$$line";; \
				*) printf '%s\n' "$$line";; \
			esac; done; test -z "$$failed"; } && exit $$status
	@test -n "$$(for name in $${CHROMIUM:-chromium chromium-browser google-chrome}; do command -v "$$name"; done)" || \
		echo "browser tests were skipped: install Debian's package chromium, or set CHROMIUM to a browser"
	@PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null || \
		echo "the test of builder/website/nginx.conf was skipped: install Debian's package nginx-light"
	@test -f content/.expected.yaml || \
		echo "content/.expected.yaml: not there, so nothing is asserted about this analysis"

race: ## run all tests with the race detector (needs a C compiler)
	@$(GO) test -race ./...

fuzz: ## look for failing inputs (FUZZ_PARSE, FUZZ_ESCAPE, FUZZ_LIMITS, FUZZ_BUILD), make FUZZ_OPERATIONS edits and compare each build, and kill and disturb FUZZ_ROUNDS publications
	$(GO) test ./builder/internal/content -run '^$$' -fuzz '^FuzzParse$$' -fuzztime $(FUZZ_PARSE) -fuzzminimizetime 10x
	$(GO) test ./builder/internal/passage -run '^$$' -fuzz '^FuzzSentences$$' -fuzztime $(FUZZ_PARSE) -fuzzminimizetime 10x
	$(GO) test ./builder/internal/compiled -run '^$$' -fuzz '^FuzzEscape$$' -fuzztime $(FUZZ_ESCAPE) -fuzzminimizetime 10x
	$(GO) test ./builder/internal/compiled -run '^$$' -fuzz '^FuzzLimits$$' -fuzztime $(FUZZ_LIMITS) -fuzzminimizetime 10x
	$(GO) test ./builder/internal/pipeline -run '^$$' -fuzz '^FuzzIncremental$$' -fuzztime $(FUZZ_BUILD) -fuzzminimizetime 10x
	$(GO) test ./builder/internal/pipeline -run '^TestLongRun$$' -count 1 -v -timeout 60m -args -operations $(FUZZ_OPERATIONS)
	$(GO) test ./builder/internal/publish -run 'Processes|Signals' -count 1 -v -args -rounds $(FUZZ_ROUNDS)

audit: builder/audit/node_modules/.package-lock.json ## check every page: accessibility, HTML, weight, requests (needs Chromium, npm)
	@site=$$(mktemp -d) && trap 'rm -rf "$$site"' EXIT && \
		{ log=$$(node --test builder/audit/data.test.mjs 2>&1) || { echo "$$log"; exit 1; }; } && \
		$(GO) run ./builder build -out "$$site" && node builder/audit/audit.mjs "$$site"

builder/audit/node_modules/.package-lock.json: builder/audit/package-lock.json
	@command -v npm >/dev/null || { echo "audit: install Debian's packages nodejs and npm" >&2; exit 1; }
	@cd builder/audit && npm ci --silent || \
		{ echo "audit: npm ci failed in builder/audit: can the npm registry be reached?" >&2; exit 1; }

bench: $(hugo) ## measure the builder against a floor and against Hugo (BENCH="-sizes 100,1000 -rounds 3")
	@$(GO) run ./builder/bench -hugo "$(hugo)" $(BENCH)

$(hugo):
	GOBIN="$(dir $@)" CGO_ENABLED=0 $(GO) install github.com/gohugoio/hugo@$(HUGO_VERSION)

screenshots: ## take pictures of every kind of page into screenshots/ (needs Chromium)
	@mkdir -p screenshots
	$(GO) test ./builder/browser -run '^TestScreenshots$$' -count 1 -screenshots "$(CURDIR)/screenshots"

card: ## take the picture for link previews into content/card.png; site.yaml names it (needs Chromium)
	$(GO) test ./builder/browser -run '^TestSiteCard$$' -count 1 -card "$(CURDIR)/content/card.png"

clean: ## remove what was built
	rm -rf public screenshots dist
