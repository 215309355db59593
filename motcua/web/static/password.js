// Shows what is typed into a password box, for whoever cannot tell ten dots apart. Without this the button stays hidden.

document.querySelectorAll("[data-shows]").forEach((button) => {
  const box = document.getElementById(button.dataset.shows);
  const status = button.parentElement.querySelector("[role=status]");
  const show = button.textContent;
  const turn = (shown) => {
    box.type = shown ? "text" : "password";
    button.textContent = shown ? button.dataset.hide : show;
    status.textContent = shown ? status.dataset.shown : status.dataset.hidden;
  };

  button.hidden = false;
  button.addEventListener("click", () => turn(box.type === "password"));
  box.form.addEventListener("submit", () => (box.type = "password")); // so that browsers neither suggest nor keep it as plain text
  addEventListener("pageshow", (event) => event.persisted && turn(false));
});
