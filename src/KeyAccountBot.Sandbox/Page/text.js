// Words as Teams (a little Markdown) and Slack (mrkdwn) show them; built as nodes, so that no text becomes markup.

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

export function markdown(text) {
  return lines(text, /((?<!\\)\*\*(?:\\.|[^*\\\n])+\*\*|(?<!\\)\*(?:\\.|[^*\\\n])+\*|(?<!\\)_(?:\\.|[^_\\\n])+_)/, part => {
    if (part.startsWith('**')) return element('strong', {}, typed(part.slice(2, -2)));
    return element('em', {}, typed(part.slice(1, -1)));
  }, typed);
}

export function mrkdwn(text) {
  return lines(text, /(\*[^*\n]+\*|_[^_\n]+_|<[^>\n]+>)/, part => {
    if (part.startsWith('*')) return element('strong', {}, unescaped(part.slice(1, -1)));
    if (part.startsWith('_')) return element('em', {}, unescaped(part.slice(1, -1)));
    const [target, label] = part.slice(1, -1).split('|');
    return element('span', { class: 'mention' }, unescaped(label ?? target));
  }, unescaped);
}

function lines(text, marks, marked, plain = words => words) {
  const whole = document.createDocumentFragment();
  for (const paragraph of String(text ?? '').split(/\n{2,}/)) {
    const p = element('p');
    paragraph.split('\n').forEach((line, i) => {
      if (i > 0) p.append(element('br'));
      // split with a group gives plain and marked parts in turn
      line.split(marks).forEach((part, j) => p.append(j % 2 ? marked(part) : plain(part)));
    });
    whole.append(p);
  }
  return whole;
}

// Markdown's words without its escapes
export const typed = text => text.replace(/\\([!-/:-@[-`{-~])|&(lt|amp);/g, (_, escaped, entity) => escaped ?? { lt: '<', amp: '&' }[entity]);

const unescaped = text => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
