// What the server says about itself: asked once, again until it answers.
import type { Config } from "./protocol";
import { json } from "./server";

const AGAIN_MS = 4_000;

export interface Contact {
  contact: string;
  name: string;
  company: string;
  role?: string | null;
}

async function ask(): Promise<Config> {
  for (;;) {
    try {
      return await json<Config>("/config");
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

let asked: Promise<Config> | undefined;

export function config(): Promise<Config> {
  return (asked ??= ask());
}

/** The invented contacts a demonstration lets anyone be. Rejects when the server does not answer. */
export async function contacts(): Promise<Contact[]> {
  return (await json<{ contacts: Contact[] }>("/demo/contacts")).contacts;
}

/** Become one of them. Rejects when the server refuses. */
export async function demoSignIn(contact: string): Promise<string> {
  return (await json<{ token: string }>("/demo/sign-in", { contact })).token;
}
