// A passkey: the form's button asks the browser for it, and the form takes it along. Needs allauth's webauthn-json.js.
document.querySelectorAll("form[data-passkey]").forEach((form) =>
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[role=alert]");
    problem.hidden = true;
    try {
      const options = JSON.parse(form.dataset.options);
      const credential = await window.webauthnJSON[form.dataset.passkey](options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      problem.hidden = false;
    }
  }),
);
