// Says what the official renderer's parser finds wrong with cards: its folder; on standard input [{ name, card }].
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
// the package's modules load in a bundler only; the file for browsers loads anywhere that has a `self`
globalThis.self ??= globalThis;
const { AdaptiveCard, CardElement, HostConfig, SerializationContext, Version } = createRequire(import.meta.url)(join(folder, 'dist/adaptivecards.js'));

const findings = [];
for (const { name, card } of JSON.parse(readFileSync(0, 'utf8'))) {
  const context = new SerializationContext(new Version(1, 5));
  const parsed = new AdaptiveCard();
  parsed.hostConfig = new HostConfig({ actions: { maxActions: 6 } }); // as many as Teams shows
  CardElement.langProperty.regEx.lastIndex = 0; // the renderer tests with a global expression, which remembers where it matched last
  parsed.parse(card, context);
  for (let i = 0; i < context.eventCount; i++) {
    findings.push(`${name}: ${context.getEventAt(i).message}`);
  }

  for (const event of parsed.validateProperties().validationEvents) {
    findings.push(`${name}: ${event.message}`);
  }
}

console.log(JSON.stringify(findings));
