import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';

/** A mail as its reader sees it. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The links in its text. */
  links: string[];
  id: string;
}

/** The mails in a folder of `.eml` files, oldest first. */
export async function mailsIn(folder: string): Promise<Mail[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.eml')).sort();
  return Promise.all(files.map(async (name) => parseMail(await readFile(path.join(folder, name)))));
}

/** A mail from what travels. */
export async function parseMail(bytes: Buffer): Promise<Mail> {
  const mail: ParsedMail = await simpleParser(bytes);
  const text = mail.text ?? '';
  return {
    to: addresses(mail.to),
    subject: mail.subject ?? '',
    text,
    html: mail.html || '',
    links: text.match(/https?:\/\/\S+/g) ?? [],
    id: mail.messageId ?? '',
  };
}

function addresses(to: AddressObject | AddressObject[] | undefined): string {
  const all = to === undefined ? [] : Array.isArray(to) ? to : [to];
  return all.flatMap((part) => part.value.map((one) => one.address ?? '')).join(', ');
}
