// The index of the site, in parts that are loaded once each and only when they
// are asked for. A part is a script that calls siteIndex.add(name, data), so it
// can be loaded from a file as well as from a server.
(() => {
  const parts = new Map();
  const part = (name) => {
    if (!parts.has(name)) {
      const p = {};
      p.promise = new Promise((resolve, reject) => Object.assign(p, { resolve, reject }));
      parts.set(name, p);
    }
    return parts.get(name);
  };
  window.siteIndex = {
    labels: {
      page: "{{word found-page}}", index: "{{word found-index}}", home: "{{word found-home}}", section: "{{word found-section}}", actor: "{{word found-actor}}",
      place: "{{word found-place}}", event: "{{word found-event}}", concept: "{{word found-concept}}", source: "{{word found-source}}", passage: "{{word found-passage}}",
      reported: "{{word kind-reported}}", assessment: "{{word kind-assessment}}", forecast: "{{word kind-forecast}}", recommendation: "{{word kind-recommendation}}",
      disputed: "{{word sign-disputed}}", part: "{{word sign-part}}", agreed: "{{word sign-agreed}}", nothing: "{{word sign-nothing}}",
    },
    root: document.documentElement.dataset.root,
    add(name, data) { part(name).resolve(data); part(name).asked = true; },
    load(name) {
      const p = part(name);
      if (!p.asked) {
        p.asked = true;
        const failed = () => { parts.delete(name); p.reject(new Error(`no index ${name}`)); };
        const from = (file) => {
          const script = document.createElement("script");
          script.src = `${this.root}search/${file}`;
          script.onerror = failed;
          document.head.append(script);
        };
        // The list of the files is never taken from a cache: their names change with what is in them.
        if (name === "parts") from(`parts.js?${Date.now()}`);
        else this.load("parts").then((files) => from(`${files[name]}.js`)).catch(failed);
      }
      return p.promise;
    },
  };
})();
