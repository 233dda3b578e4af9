// Runs only where modules are unknown, before the body exists: no other script of ours would run there.
document.addEventListener("DOMContentLoaded", function () {
  document.getElementById("app").hidden = true;
  document.getElementById("boot-old").hidden = false;
});
