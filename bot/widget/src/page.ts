// The page around the chat: its words in the chosen language, and the switch between them.
import { choose, languages, text, type Key, type Values } from "./i18n";
import { config } from "./chat/config";
import { memory } from "./chat/memory";
import "./chat/smelt-chat";

const root = document.documentElement;
const chat = document.querySelector("smelt-chat");
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
  chat?.setAttribute("language", language);
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-language]")) {
  button.addEventListener("click", () => {
    const language = button.dataset["language"] ?? "";
    speak(language);
    if (memory.conversation !== null) memory.language = language;
  });
}

const remembered = memory.language;
speak(choose(remembered !== null && languages.includes(remembered) ? [remembered] : navigator.languages));

void config().then((about) => {
  values = { foundry: about.foundry.name, town: about.foundry.town };
  document.querySelector<HTMLElement>("#demo")?.toggleAttribute("hidden", !about.demo);
  speak(root.lang);
});
