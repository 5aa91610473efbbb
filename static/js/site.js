// Improvements only: everything works without this file.

// The menu on a phone closes when the focus leaves it, so that nothing focused is hidden behind it.
const menu = document.querySelector("[popover]");
menu?.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !menu.contains(event.relatedTarget) && menu.matches(":popover-open")) menu.hidePopover();
});

// After a form was refused, reading goes on at what is wrong with it.
document.querySelector("#klaidos")?.focus();

// A filter's address holds only what the reader chose, so that it is worth sharing.
document.querySelectorAll("form[data-tidy]").forEach((form) =>
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  }),
);

// A video's player is asked for only by a click; without this file the link leads to the service itself.
document.querySelectorAll("[data-player]").forEach((link) =>
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = link.dataset.player;
    frame.title = link.dataset.title;
    frame.allow = "fullscreen; encrypted-media; picture-in-picture";
    frame.allowFullscreen = true;
    link.replaceWith(frame);
    frame.focus();
  }),
);

// What there is with such a title, as one types; Enter searches all the same.
document.querySelectorAll("[data-suggest]").forEach((input) => {
  const list = document.createElement("ul");
  list.id = `${input.id}-siulymai`;
  list.className = "suggestions plain";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Siūlomi puslapiai");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("autocomplete", "off");
  input.parentElement.append(list);
  let wait, asked, at;
  const show = (found) => {
    at = -1;
    list.replaceChildren(
      ...found.map(({ title, url }, place) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${place}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.textContent = title;
        item.dataset.url = url;
        return item;
      }),
    );
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  };
  const hide = () => {
    clearTimeout(wait);
    asked?.abort();
    show([]);
  };
  hide();
  input.addEventListener("input", () => {
    clearTimeout(wait);
    asked?.abort();
    const text = input.value.trim();
    if (text.length < 2) return hide();
    wait = setTimeout(async () => {
      asked = new AbortController();
      try {
        const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: asked.signal });
        show(answer.ok ? (await answer.json()).titles : []);
      } catch {
        // Asked anew meanwhile, or no network: the search itself still works.
      }
    }, 200);
  });
  input.addEventListener("keydown", (event) => {
    const items = [...list.children];
    if (event.key === "Escape" && items.length) {
      event.preventDefault();
      event.stopPropagation();
      hide();
    } else if (event.key === "Enter" && items[at]) {
      event.preventDefault();
      location.assign(items[at].dataset.url);
    } else if (items.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      items[at]?.setAttribute("aria-selected", "false");
      const step = event.key === "ArrowDown" ? 1 : -1;
      at = at < 0 && step < 0 ? items.length - 1 : (at + step + items.length) % items.length;
      items[at].setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", items[at].id);
    }
  });
  input.addEventListener("blur", hide);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-url]");
    if (item) location.assign(item.dataset.url);
  });
});
