// Above 900 px a person opens beside the list, under their own address; below, and without a script, on their page.
const roomy = matchMedia("(min-width: 900px)");
const beside = document.querySelector("[data-beside]");

document.addEventListener("click", async (event) => {
  const link = event.target.closest(".people-row a.name");
  if (!link || !roomy.matches || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  document.querySelectorAll(".people-row a[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  link.setAttribute("aria-current", "true");
  await htmx.ajax("GET", link.getAttribute("href"), { source: beside, target: beside, swap: "innerHTML", select: "#main > *" });
  history.pushState({}, "", link.href);
  beside.scrollTop = 0;
  beside.querySelector("[data-landing]")?.focus({ preventScroll: true });
});
addEventListener("popstate", () => location.reload());
