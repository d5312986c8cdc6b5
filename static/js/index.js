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
    root: document.documentElement.dataset.root,
    add(name, data) { part(name).resolve(data); part(name).asked = true; },
    load(name) {
      const p = part(name);
      if (!p.asked) {
        p.asked = true;
        const script = document.createElement("script");
        script.src = `${this.root}search/${name}.js`;
        script.onerror = () => { parts.delete(name); p.reject(new Error(`no index ${name}`)); };
        document.head.append(script);
      }
      return p.promise;
    },
  };
})();
