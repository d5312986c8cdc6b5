// Asks Lighthouse what keeps search engines from a page: its title, its description, its
// links, and what it says to robots.
import lighthouse from "lighthouse";

const settings = {
  onlyCategories: ["seo"], logLevel: "error", disableFullPageScreenshot: true, disableStorageReset: true,
  // As it is: a slow network and a small screen change nothing here but the time it takes.
  formFactor: "desktop", screenEmulation: { disabled: true }, emulatedUserAgent: false,
  throttling: { cpuSlowdownMultiplier: 1, rttMs: 0, throughputKbps: 0 },
};

// hidden returns what Lighthouse has to say of a page, asking the browser that listens at
// a port.
export async function hidden(address, port) {
  const { lhr } = await lighthouse(address, { ...settings, port });
  const wrong = Object.values(lhr.audits).filter((a) => a.scoreDisplayMode === "error" || (a.score !== null && a.score < 1));
  return [...(lhr.runtimeError ? [["runtime", lhr.runtimeError.message]] : []), ...wrong.map((a) => [a.id, a.errorMessage ?? a.title])];
}
