// How the desk calls for somebody who looks elsewhere: the title, a sound, a notification of the browser.
import { go } from "./route";
import { counted, harmless, t } from "./words";

const SOUND = "smelt.desk.sound";
const NOTICE = "smelt.desk.notice";
const AGAIN_MS = 1_500;

function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name: string, value: boolean): void {
  try {
    localStorage.setItem(name, value ? "on" : "off");
  } catch {
    // Then it holds until the page is left.
  }
}

export const alerts = {
  sound: stored(SOUND) !== "off",
  notice: stored(NOTICE) === "on" && typeof Notification !== "undefined" && Notification.permission === "granted",

  setSound(on: boolean): void {
    alerts.sound = on;
    store(SOUND, on);
    if (on) beep();
  },

  /** False when the browser does not allow it. */
  async setNotice(on: boolean): Promise<boolean> {
    const allowed = on && typeof Notification !== "undefined" && (await Notification.requestPermission()) === "granted";
    alerts.notice = allowed;
    store(NOTICE, allowed);
    return allowed === on;
  },
};

let audio: AudioContext | null = null;
let lastBeep = 0;

/** Two short tones. Browsers allow sound only after somebody has pressed something; before that it stays silent. */
function beep(gain = 0.12): void {
  if (!alerts.sound || !navigator.userActivation.hasBeenActive || Date.now() - lastBeep < AGAIN_MS) return;
  lastBeep = Date.now();
  audio ??= new AudioContext();
  const start = audio.currentTime;
  for (const [index, pitch] of [660, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const at = start + index * 0.16;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(gain, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.15);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.16);
  }
}

/** A customer waits. */
export function knock(title: string, body: string, conversation: string): void {
  beep();
  if (!alerts.notice || document.visibilityState === "visible") return;
  const notice = new Notification(title, { body: harmless(body).slice(0, 140), tag: conversation });
  notice.onclick = () => {
    window.focus();
    go("conversations", conversation);
    notice.close();
  };
}

/** A customer wrote in a conversation that is being watched: a sound, when nobody looks. */
export function knockSoftly(): void {
  if (document.visibilityState !== "visible") beep(0.06);
}

/** The title of the tab, with how many wait. */
export function retitle(waiting: number, place: string): void {
  const name = place === "" ? t("app.title") : t("app.title.place", { place });
  document.title = waiting > 0 ? `(${waiting}) ${name}` : name;
  document.documentElement.dataset["waiting"] = counted("queue.waiting.count", waiting);
}
