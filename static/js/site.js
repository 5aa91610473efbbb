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
