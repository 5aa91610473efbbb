// The "repeat" helper of an event's form: the server counts the days, this fills in a row for each.

const PREFIX = "id_dates";
const part = (row, name) => document.getElementById(`${PREFIX}-${row}-${name}`);

// The rows of dates as they stand in the form, without those that the editor has deleted.
const dateRows = () => {
  const total = Number(document.getElementById(`${PREFIX}-TOTAL_FORMS`).value);
  return [...Array(total).keys()].filter((row) => part(row, "start") && part(row, "DELETE")?.value !== "1");
};

const fill = (field, value) => {
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

const addRow = (start, end, allDay) => {
  const row = Number(document.getElementById(`${PREFIX}-TOTAL_FORMS`).value);
  document.getElementById(`${PREFIX}-ADD`).click();
  fill(part(row, "start"), start);
  fill(part(row, "end"), end);
  part(row, "all_day").checked = allDay;
};

const show = (box, errors, text) => {
  const beside = [...box.querySelectorAll("[data-repeat-error]")];
  const named = new Set(beside.map((place) => place.dataset.repeatError).filter(Boolean));
  for (const place of beside) {
    const name = place.dataset.repeatError;
    // What is wrong with the first date has no field here: it is said below the button.
    const words = name ? errors[name] : Object.keys(errors).filter((other) => !named.has(other)).map((other) => errors[other]).join(" ");
    place.textContent = words || "";
    place.hidden = !words;
    if (name) box.querySelector(`[data-repeat-field="${name}"]`).setAttribute("aria-invalid", String(Boolean(words)));
  }
  box.querySelector("[data-repeat-result]").textContent = text;
  box.querySelector('[aria-invalid="true"]')?.focus();
};

const repeat = async (box) => {
  const rows = dateRows();
  const first = rows.find((row) => part(row, "start").value.trim()) ?? rows[0];
  const query = new URLSearchParams(rows.map((row) => ["have", part(row, "start").value.trim()]));
  for (const field of box.querySelectorAll("[data-repeat-field]")) query.set(field.dataset.repeatField, field.value);
  if (first !== undefined) {
    query.set("start", part(first, "start").value.trim());
    query.set("end", part(first, "end").value.trim());
    if (part(first, "all_day").checked) query.set("all_day", "on");
  }
  let answer;
  try {
    const response = await fetch(`${box.dataset.repeat}?${query}`, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    answer = await response.json();
  } catch {
    answer = { errors: { other: "Nepavyko paklausti svetainės. Pabandykite dar kartą; jei nepadeda, prisijunkite iš naujo." } };
  }
  const { errors = {}, rows: made = [], text = "" } = answer;
  for (const [start, end] of made) addRow(start, end, part(first, "all_day").checked);
  show(box, errors, text);
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-repeat-go]");
  if (button) repeat(button.closest("[data-repeat]"));
});

// Enter in the helper means the helper, not saving the page.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-repeat-field]")) return;
  event.preventDefault();
  repeat(event.target.closest("[data-repeat]"));
});
