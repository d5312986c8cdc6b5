// The reader's choice of light or dark, before anything is drawn; and again when
// it was made in another tab, or on a page from which the reader comes back.
(() => {
  const apply = () => {
    const { dataset } = document.documentElement;
    let theme = null;
    try { theme = localStorage.getItem("theme"); } catch { return; /* no storage: the choice lasts as long as the page */ }
    if (theme === "light" || theme === "dark") dataset.theme = theme;
    else delete dataset.theme; // the system decides
  };
  apply();
  addEventListener("storage", apply);
  addEventListener("pageshow", apply);
})();
