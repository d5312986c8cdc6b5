// An old address leads on with its fragment, such as the version of a claim, unless
// it leads to a place of its own. Without scripts the page leads on without it.
{
  const { href } = document.querySelector("link[rel=canonical]");
  if (location.hash && !href.includes("#")) {
    stop(); // before the element that leads on without it
    location.replace(href + location.hash);
  }
}
