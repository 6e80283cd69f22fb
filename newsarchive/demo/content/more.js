"use strict";
const button = document.querySelector("button.more");
const element = (name, text, kind) => Object.assign(document.createElement(name), { textContent: text, className: kind ?? "" });
button?.addEventListener("click", async () => {
  const page = await (await fetch(button.dataset.url)).json();
  for (const comment of page.comments) {
    const who = element("div", "", "who");
    who.append(element("b", comment.name), " ", element("span", comment.age, "age"));
    const item = element("li", "");
    item.append(who, ...comment.text.split("\n\n").map((paragraph) => element("p", paragraph)));
    document.querySelector(".comment-flow").append(item);
  }
  if (page.next) button.dataset.url = page.next;
  else button.remove();
});
