// Says who can follow an answer while it is typed. Without this, the button "Check my words" does the same.

const PAUSE = 700; // milliseconds after the last letter
const form = document.querySelector("form[data-words]");
const found = document.getElementById("words-found");
const TEXTS = ["summary", "reasons", "could_not", "next_step"];
let wait;
let asked;

async function check() {
  asked?.abort();
  asked = new AbortController();
  const said = new FormData();
  for (const name of ["csrfmiddlewaretoken", ...TEXTS]) said.append(name, form.elements[name].value);
  try {
    const answer = await fetch(form.dataset.words, { method: "POST", body: said, signal: asked.signal });
    // Signed out meanwhile: the words stay in the form, and saving them says what to do.
    if (answer.ok && !answer.redirected) found.innerHTML = await answer.text();
  } catch {
    // No connection, or a newer check has begun: what was found last stays.
  }
}

form?.addEventListener("input", (event) => {
  if (!TEXTS.includes(event.target.name)) return;
  clearTimeout(wait);
  wait = setTimeout(check, PAUSE);
});
