// Draws the schema of the open API as pages. Everything comes from this site; nothing is sent elsewhere.
const place = document.getElementById("docs");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

// Swagger UI has dark colours, and waits to be told. What they leave white is in css/api-docs.css.
const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", paint);
paint();

// Swagger UI draws boxes without a name, a link inside the button that opens a question (it leads nowhere that the
// button does not), parts outside any landmark, headings that pass a level over, and text that only a mouse can scroll.
// It draws again and again, so we look again each time. What is put right once is not touched again.
const MENDED = {
  "#servers": ["aria-label", () => place.dataset.servers],
  "tr[data-param-name] :is(input, select, textarea)": ["aria-label", (box) => box.closest("tr").dataset.paramName],
  ".information-container": ["aria-label", () => place.dataset.about],
  ".scheme-container": ["aria-label", () => place.dataset.servers],
  ":is(.information-container, .scheme-container)": ["role", () => "region"],
  ":is(h3.opblock-tag, .models > h4)": ["aria-level", () => "2"],
  "h4.opblock-title": ["aria-level", () => "3"],
  "pre.microlight": ["tabindex", () => "0"],
};
const mend = () => {
  for (const [what, [attribute, value]] of Object.entries(MENDED)) {
    for (const element of place.querySelectorAll(what)) {
      if (!element.hasAttribute(attribute)) element.setAttribute(attribute, value(element));
    }
  }
  for (const link of place.querySelectorAll(".opblock-summary-control a[href]")) link.removeAttribute("href");
};
new MutationObserver(mend).observe(place, { childList: true, subtree: true });

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  validatorUrl: null, // no third party
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  supportedSubmitMethods: ["get"],
});
