// On the page for those without network: tries again when asked, and by itself when the network is back. The form alone would go
// nowhere on a private page the second time, where address and secret stay the same.
const again = (event) => {
  event.preventDefault();
  location.reload();
};
document.forms[0].addEventListener("submit", again);
// Who is on the way to another page isn't called back.
let leaves = false;
document.addEventListener("click", (event) => (leaves = leaves || event.target.closest("a") !== null));
addEventListener("online", (event) => leaves || again(event));
