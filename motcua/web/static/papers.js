// Sends a paper as soon as it is chosen or photographed. Without this the form has a file field and a button, and works the same.

const MB = 1024 * 1024;

document.querySelectorAll("form[data-send]").forEach((form) => {
  const chooser = form.querySelector("input[type=file]:not([data-camera])");
  const camera = form.querySelector("[data-camera]");
  const choose = form.querySelector("[data-choose]");
  const photograph = form.querySelector("[data-photograph]");
  const status = form.querySelector("[data-send-status]");
  const sending = form.querySelector("[data-sending]").dataset.sending;

  const send = (used, other) => {
    if (!used.files.length) return;
    if ([...used.files].some((file) => file.size > chooser.dataset.limitMb * MB)) {
      status.textContent = chooser.dataset.tooLarge;
      used.value = "";
      return;
    }
    other.disabled = true; // the two fields have one name: an empty one must not be sent as a nameless file
    form.requestSubmit();
  };

  form.querySelectorAll("[data-without-script]").forEach((element) => (element.hidden = true));
  chooser.hidden = true;
  choose.hidden = false;
  choose.addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => send(chooser, camera));
  if (matchMedia("(pointer: coarse)").matches) {
    camera.disabled = false;
    photograph.hidden = false; // elsewhere it would open the same chooser a second time
    photograph.addEventListener("click", () => camera.click());
    camera.addEventListener("change", () => send(camera, chooser));
  }
  form.addEventListener("submit", () => {
    status.textContent = sending;
    choose.disabled = photograph.disabled = true;
  });
  addEventListener("pageshow", () => {
    choose.disabled = photograph.disabled = false;
  });
});
