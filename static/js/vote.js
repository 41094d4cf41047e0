// The running total of a budget vote. Without it the button “Add up again” does the same.
const total = document.getElementById("total");
if (total) {
  const signs = { GBP: "£", EUR: "€", USD: "$" };
  const boxes = [...document.querySelectorAll("input[data-cost]")];
  const sum = total.querySelector("[data-sum]");
  const over = total.querySelector("[data-over]");
  const money = (minor) => {
    const [whole, part] = [Math.floor(minor / 100).toLocaleString("en-GB"), minor % 100];
    const number = part ? `${whole}.${String(part).padStart(2, "0")}` : whole;
    const sign = signs[total.dataset.currency];
    return sign ? sign + number : `${number} ${total.dataset.currency}`;
  };
  const add = () => {
    const ticked = boxes.filter((box) => box.checked).reduce((all, box) => all + Number(box.dataset.cost), 0);
    sum.textContent = money(ticked);
    over.hidden = ticked <= Number(total.dataset.budget);
  };
  boxes.forEach((box) => box.addEventListener("change", add));
  add();
}
