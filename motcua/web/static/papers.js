// Sends a paper as soon as it is chosen or photographed, and says so. Without this the form has a button and works the same.

const MB = 1024 * 1024;

document.querySelectorAll("form[data-send]").forEach((form) => {
  const chooser = form.querySelector("input[type=file]:not([data-camera])");
  const camera = form.querySelector("[data-camera]");
  const button = form.querySelector("[data-sending]");
  const status = form.querySelector("[data-send-status]");

  const send = (input) => {
    const tooLarge = [...input.files].some((file) => file.size > chooser.dataset.limitMb * MB);
    if (tooLarge) {
      status.textContent = chooser.dataset.tooLarge;
      input.value = "";
      return;
    }
    if (input.files.length) form.requestSubmit();
  };
  chooser.addEventListener("change", () => send(chooser));
  camera.addEventListener("change", () => send(camera));
  form.addEventListener("submit", () => {
    status.textContent = button.dataset.sending;
    button.disabled = true;
  });

  // A telephone opens its camera for the second field; elsewhere it would be the same chooser twice.
  if (matchMedia("(pointer: coarse)").matches) {
    const photograph = button.cloneNode(false);
    photograph.type = "button";
    photograph.textContent = camera.dataset.label;
    photograph.addEventListener("click", () => camera.click());
    button.before(photograph);
  }
});
addEventListener("pageshow", () => document.querySelectorAll("[data-sending]").forEach((button) => (button.disabled = false)));
