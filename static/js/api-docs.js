// Draws the schema of the open API as pages. Everything comes from this site; nothing is sent elsewhere.
const place = document.getElementById("docs");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

// Swagger UI has dark colours, and waits to be told. What they leave white is in css/api-docs.css.
const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", paint);
paint();

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  validatorUrl: null, // no third party
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  supportedSubmitMethods: ["get"],
});
