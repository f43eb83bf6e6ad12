// What the server refused, or did not answer, is said at the head of the page; nothing is lost.
export function startRefusals() {
  document.body.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    const isTold = xhr.status < 500 && xhr.getResponseHeader("Content-Type")?.includes("text/html");
    if (isTold) say(fragmentOf(xhr.responseText));
    else say(failure(xhr.status));
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, () => say(failure("")));
  }
  // The next thing that works takes the old words away.
  document.body.addEventListener("htmx:afterSwap", () => place()?.replaceChildren());
}

const place = () => document.getElementById("refusals");

function say(content) {
  place()?.replaceChildren(content);
  place()?.scrollIntoView({ block: "center" });
}

function fragmentOf(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  // Of a whole page only what it says.
  return holder.content.querySelector(".at-refusal") ?? holder.content;
}

function failure(code) {
  const content = document.getElementById("failure-template").content.cloneNode(true);
  content.querySelector(".at-failure-code").textContent = code;
  content.querySelector("[data-retry]").remove();
  return content;
}
