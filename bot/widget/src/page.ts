// The page around the chat: its words in the chosen language, and the switch between them.
import { atFirst, mailed } from "./mailed";
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
const question = document.querySelector<HTMLDialogElement>("#resume");
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

/** Whether to leave the conversation that is open here for the one of a link, which may be somebody else's trick. */
function sure(name: string): Promise<boolean> {
  if (!question) return Promise.resolve(false);
  for (const [id, key] of [["resume-ask", "resume.ask"], ["resume-yes", "resume.yes"]] as const) {
    document.getElementById(id)?.replaceChildren(text(root.lang, key, { name }));
  }
  question.returnValue = "";
  question.showModal();
  return new Promise((answer) => {
    question.addEventListener("close", () => answer(question.returnValue === "yes"), { once: true });
  });
}

/** A link from a mail: the chat goes on. When nobody answered, its key goes back where a reload finds it. */
async function comeBack(token: string | null): Promise<void> {
  if (token === null || (await chat?.resume(token, sure))) return;
  history.replaceState(history.state, "", `#resume=${encodeURIComponent(token)}`);
}

for (const button of question?.querySelectorAll("button") ?? []) {
  button.addEventListener("click", () => question?.close(button.value));
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-language]")) {
  button.addEventListener("click", () => speak(button.dataset["language"] ?? ""));
}

chat?.addEventListener("smelt-language", (event) => {
  const { detail } = event as CustomEvent<string>;
  if (detail !== root.lang) speak(detail);
});

const remembered = memory.language;
speak(choose(remembered !== null && languages.includes(remembered) ? [remembered] : navigator.languages));
void comeBack(atFirst);
addEventListener("hashchange", () => void comeBack(mailed()));

void config().then((about) => {
  values = { foundry: about.foundry.name, town: about.foundry.town };
  document.querySelector<HTMLElement>("#demo")?.toggleAttribute("hidden", !about.demo);
  speak(root.lang);
});
