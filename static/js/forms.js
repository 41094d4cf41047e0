// Help with forms for those who have JavaScript. Everything here also works without it.

// How many letters are left, under each text with a limit.
function count(text) {
  const hint = document.getElementById(`${text.id}-count`);
  if (!hint) return;
  // Counted as the server counts them: by code point, line ends as one.
  const left = Number(text.dataset.count) - [...text.value].length;
  const words = left < 0 ? [hint.dataset.overOne, hint.dataset.over] : [hint.dataset.leftOne, hint.dataset.left];
  const number = Math.abs(left);
  hint.textContent = number === 1 ? words[0] : words[1].replace("#", number.toLocaleString(document.documentElement.lang));
  hint.classList.toggle("hint--over", left < 0);
}

for (const text of document.querySelectorAll("[data-count]")) count(text);

let speak;
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-count]")) return;
  count(event.target);
  // A screen reader hears the number when the typing stops, not at every letter.
  const hint = document.getElementById(`${event.target.id}-count`);
  hint.removeAttribute("aria-live");
  clearTimeout(speak);
  speak = setTimeout(() => hint.setAttribute("aria-live", "polite"), 1000);
});

// A second tap on a button sends nothing more. The server would make one thing of two anyway.
document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (sent.method !== "post" || event.defaultPrevented) return;
  if (sent.dataset.sent) {
    event.preventDefault();
    return;
  }
  sent.dataset.sent = "yes";
  for (const button of sent.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
  setTimeout(() => ready(sent), 10_000); // whoever stopped a slow page may try again
});

function ready(sent) {
  delete sent.dataset.sent;
  for (const button of sent.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

// Back from the next page: the form may be sent again.
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(ready));

// The error summary is read first.
document.querySelector(".errors")?.focus();

// "Print" is of use only where there is a printer to call.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// "Copy" beside a line that is meant to be taken elsewhere. Without a clipboard the line can still be marked by hand.
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  button.hidden = false;
  const name = button.textContent;
  const told = document.getElementById(button.dataset.told);
  let back;
  const say = (words, heard) => {
    button.textContent = words;
    told.textContent = heard; // a screen reader does not hear that the words on a button changed
  };
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    clearTimeout(back);
    say(button.dataset.copied, button.dataset.copied);
    back = setTimeout(() => say(name, ""), 5000);
  });
}
