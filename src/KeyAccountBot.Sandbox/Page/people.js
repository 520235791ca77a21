// People as a chat shows them: their initials on a colour of their own.
import { element } from '/sandbox/text.js';

const tones = 6;

// "Ravi Patel" is RP; a name written in Chinese is its first character, the family's
export function initials(name) {
  const words = name.split(/[\s-]+/).filter(word => /^\p{L}/u.test(word));
  if (words.length === 0) return '?';
  if (/^\p{Script=Han}/u.test(words[0])) return [...words[0]][0];
  return [words[0], ...words.slice(1).slice(-1)].map(word => [...word][0]).join('').toUpperCase();
}

export const avatar = (name, kind = `tone-${tone(name)}`) => element('span', { class: `avatar ${kind}`, 'aria-hidden': 'true' }, initials(name));

const tone = name => [...name].reduce((sum, sign) => (sum * 55 + sign.codePointAt(0)) % 9973, 0) % tones;
