import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'csv-parse/sync';

/** The real export that tests import. */
export const EXPORT = path.resolve(import.meta.dirname, '../../../shared/data/odoo-export');

/** The kinds by their word in addresses, with their names on screen, in the order of the tiles. */
export const KINDS = {
  leads: 'Leads & Opportunities',
  sales: 'Quotations & Orders',
  purchases: 'Purchase Orders',
  invoices: 'Invoices & Bills',
  projects: 'Projects',
  tasks: 'Tasks',
  timesheets: 'Timesheets',
  tickets: 'Tickets',
  signatures: 'Signatures',
  subscriptions: 'Subscriptions',
} as const;

export type Kind = keyof typeof KINDS;

type Row = Record<string, string>;

/** A document that customers may see. */
export interface Shown {
  kind: Kind;
  id: string;
  /** Its number, or its title. */
  name: string;
  /** External id of the contact it belongs to. */
  contact: string;
}

/** The files to upload. */
export function exportFiles(): string[] {
  if (!existsSync(EXPORT)) {
    throw new Error(`The Odoo export is not in ${EXPORT}.`);
  }
  return readdirSync(EXPORT)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => path.join(EXPORT, name));
}

/** The records of a file: rows without an id continue the one above. */
function records(name: string): Row[] {
  const text = readFileSync(path.join(EXPORT, `${name}.csv`));
  return (parse(text, { columns: true, bom: true }) as Row[]).filter((row) => row.id !== '');
}

/** What the export holds, read by other means than Portico's. */
export class OdooExport {
  readonly contacts = byId(records('contacts'));
  readonly projects = byId(records('projects'));

  /** How many records a file has. */
  count(file: string): number {
    return records(file).length;
  }

  /** External id of a contact of this name. */
  contact(name: string): string {
    const found = [...this.contacts.values()].filter((row) => row.name === name);
    if (found.length !== 1) {
      throw new Error(`The export has ${found.length} contacts named ${name}.`);
    }
    return found[0]!.id!;
  }

  /** The nearest company above a contact, or itself; the uppermost contact where there is no company. */
  entity(contact: string): string {
    const row = this.contacts.get(contact);
    if (row === undefined) {
      throw new Error(`No contact ${contact}.`);
    }
    const parent = row['parent_id/id'] ?? '';
    return row.is_company === 'True' || parent === '' ? contact : this.entity(parent);
  }

  /** Every document that is shown to the customers of a company. */
  shownTo(company: string): Shown[] {
    const entity = this.contact(company);
    return this.#published().filter((shown) => this.entity(shown.contact) === entity);
  }

  /** How many of each kind are shown to the customers of a company. */
  counts(company: string): Record<Kind, number> {
    const shown = this.shownTo(company);
    const kinds = Object.keys(KINDS) as Kind[];
    const pairs = kinds.map((kind) => [kind, shown.filter((one) => one.kind === kind).length]);
    return Object.fromEntries(pairs) as Record<Kind, number>;
  }

  #published(): Shown[] {
    const shown: Shown[] = [];
    const add = (kind: Kind, row: Row, contact: string) => {
      if (contact !== '') {
        shown.push({ kind, id: row.id!, name: (row.name ?? '').trim(), contact });
      }
    };
    const partner = (row: Row) => row['partner_id/id'] ?? '';
    for (const row of records('leads')) {
      add('leads', row, partner(row));
    }
    const states: [Kind, string, string[]][] = [
      ['sales', 'orders', ['Quotation Sent', 'Sales Order']],
      ['purchases', 'purchases', ['RFQ Sent', 'Purchase Order']],
      ['invoices', 'invoices', ['Posted']],
    ];
    for (const [kind, file, published] of states) {
      records(file)
        .filter((row) => published.includes(row.state ?? ''))
        .forEach((row) => add(kind, row, partner(row)));
    }
    const isShared = (project: string) =>
      this.projects.get(project)?.privacy_visibility?.includes('invited portal users') ?? false;
    for (const row of this.projects.values()) {
      if (isShared(row.id!)) {
        add('projects', row, partner(row));
      }
    }
    for (const file of ['tasks', 'timesheets'] as const) {
      for (const row of records(file)) {
        const project = row['project_id/id'] ?? '';
        if (isShared(project) && row.state !== 'Cancelled') {
          add(file, row, partner(row) || partner(this.projects.get(project) ?? {}));
        }
      }
    }
    return shown;
  }
}

function byId(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id!, row]));
}
