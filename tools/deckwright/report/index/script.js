// A click on a column's head sorts the table by it; a second click turns the order.
for (const head of document.querySelectorAll("thead th")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const column = [...head.parentNode.children].indexOf(head);
    const order = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order === 1 ? "ascending" : "descending");
    const body = head.closest("table").tBodies[0];
    const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
    const compare = new Intl.Collator(undefined, { numeric: true }).compare;
    const number = (row) => parseFloat(row.cells[column].dataset.value);
    const difference = (a, b) => isNaN(number(a)) ? compare(value(a), value(b)) : number(a) - number(b);
    body.append(...[...body.rows].sort((a, b) => order * difference(a, b)));
  });
}
