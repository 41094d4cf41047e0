// A link to what is folded away unfolds it. Without this one more tap does.
function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  const fold = target?.closest("details") ?? target?.querySelector("details");
  if (!fold || fold.open) return;
  fold.open = true;
  target.scrollIntoView();
}

addEventListener("hashchange", unfold);
unfold();
