// A Block Kit message, well enough to read and press: the blocks that the bot builds.
import { element, mrkdwn } from '/sandbox/text.js';

export const blocks = (list, press) => element('div', { class: 'blocks' }, ...list.map(block => (kinds[block.type] ?? unknown)(block, press)));

const kinds = {
  header: block => element('h3', {}, block.text.text),
  section: (block, press) => element('div', { class: 'section' },
    ...(block.text ? [words(block.text)] : []),
    ...(block.fields ? [element('div', { class: 'fields' }, ...block.fields.map(field => element('div', {}, words(field))))] : []),
    ...(block.accessory ? [control(block.accessory, block, press)] : [])),
  context: block => element('div', { class: 'context' }, ...block.elements.filter(item => item.text).map(item => words(item))),
  divider: () => element('hr'),
  actions: (block, press) => element('div', { class: 'actions' }, ...block.elements.map(item => control(item, block, press))),
};

const unknown = block => element('div', { class: 'unknown' }, `[${block.type}]`);

const words = text => text.type === 'mrkdwn' ? mrkdwn(text.text)
  : element('p', {}, ...text.text.split('\n').flatMap((line, i) => i > 0 ? [element('br'), line] : [line]));

const control = (item, block, press) => (controls[item.type] ?? unknown)(item, used =>
  press({ type: item.type, action_id: item.action_id, block_id: block.block_id ?? 'b', ...used }));

const controls = {
  button: (item, press) => element('button', { type: 'button', class: item.style ?? '', onclick: () => press({ value: item.value }) }, item.text.text),
  static_select: (item, press) => {
    const list = element('select', {
      'aria-label': item.placeholder.text,
      onchange: () => { if (list.value) press({ selected_option: item.options[list.selectedIndex - 1] }); },
    }, element('option', { value: '' }, item.placeholder.text), ...item.options.map(option => element('option', { value: option.value }, option.text.text)));
    return list;
  },
  datepicker: (item, press) => {
    const day = element('input', { type: 'date', onchange: () => { if (day.value) press({ selected_date: day.value }); } });
    return element('label', { class: 'field' }, element('span', {}, item.placeholder.text), day);
  },
};
