// The page around the chat: its words in the chosen language, and the switch between them.
import { add, choose, languages, text, type Key, type Values } from "./i18n";
import { config } from "./chat/config";
import { memory } from "./chat/memory";
import type { SmeltChat } from "./chat/smelt-chat";
import "./chat/smelt-chat";
import "./chat/sign-in";
import en from "./i18n/page.en.json";
import nb from "./i18n/page.nb.json";

add({ nb, en });

const root = document.documentElement;
const chat = document.querySelector<SmeltChat>("smelt-chat");
let values: Values = { foundry: root.dataset["foundry"] ?? "", town: root.dataset["town"] ?? "" };

function speak(language: string): void {
  root.lang = language;
  document.title = text(language, "page.title", values);
  for (const place of document.querySelectorAll<HTMLElement>("[data-text]")) {
    place.textContent = text(language, place.dataset["text"] as Key, values);
  }
  for (const place of document.querySelectorAll<HTMLElement>("[data-label]")) {
    place.setAttribute("aria-label", text(language, place.dataset["label"] as Key, values));
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset["language"] === language));
  }
  if (chat && chat.language !== language) chat.speak(language);
}

/** A link from a mail: the chat goes on, and its key leaves the address, unless a reload could still need it. */
async function comeBack(): Promise<void> {
  const address = new URL(location.href);
  const token = address.searchParams.get("resume");
  if (token === null || !(await chat?.resume(token))) return;
  address.searchParams.delete("resume");
  history.replaceState(history.state, "", address);
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-language]")) {
  button.addEventListener("click", () => speak(button.dataset["language"] ?? ""));
}

const remembered = memory.language;
speak(choose(remembered !== null && languages.includes(remembered) ? [remembered] : navigator.languages));
void comeBack();

void config().then((about) => {
  values = { foundry: about.foundry.name, town: about.foundry.town };
  document.querySelector<HTMLElement>("#demo")?.toggleAttribute("hidden", !about.demo);
  speak(root.lang);
});
