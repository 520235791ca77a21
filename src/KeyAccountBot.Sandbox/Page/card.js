// An Adaptive Card, well enough to read and press: the elements and actions that the bot builds.
import { element, markdown, typed } from '/sandbox/text.js';

export function card(document, press) {
  const form = element('form', { class: 'card', lang: document.lang, onsubmit: event => event.preventDefault() });
  form.append(...items(document.body, form, press), actions(document.actions, form, press));
  return form;
}

const items = (list, form, press) => (list ?? []).map(item => {
  const node = (elements[item.type] ?? unknown)(item, form, press);
  if (item.separator) node.classList.add('separator');
  if (item.spacing) node.classList.add(`spacing-${item.spacing.toLowerCase()}`);
  return node;
});

const elements = {
  TextBlock: item => {
    const tag = item.style === 'heading' ? 'h3' : 'div';
    const classes = ['text', item.weight, item.size, item.color, item.isSubtle && 'subtle'].filter(Boolean).join(' ').toLowerCase();
    return element(tag, { class: classes }, markdown(item.text));
  },
  FactSet: item => element('dl', { class: 'facts' },
    ...(item.facts ?? []).flatMap(fact => [element('dt', {}, typed(fact.title)), element('dd', {}, markdown(fact.value))])),
  Container: (item, form, press) => element('div', { class: `container ${(item.style ?? '').toLowerCase()}` }, ...items(item.items, form, press)),
  ColumnSet: (item, form, press) => element('div', { class: 'columns' },
    ...(item.columns ?? []).map(column => element('div', { class: column.width === 'auto' ? 'auto' : 'stretch' }, ...items(column.items, form, press)))),
  Table: (item, form, press) => element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Table' }, element('table', {},
    ...(item.rows ?? []).map((row, i) => element('tr', {},
      ...(row.cells ?? []).map(cell => element(i === 0 && item.firstRowAsHeaders !== false ? 'th' : 'td',
        { class: (cell.style ?? '').toLowerCase() }, ...items(cell.items, form, press))))))),
  ActionSet: (item, form, press) => actions(item.actions, form, press),
  'Input.Text': item => labelled(item, item.isMultiline
    ? element('textarea', { name: item.id, placeholder: item.placeholder, maxlength: item.maxLength, rows: '3' }, item.value ?? '')
    : element('input', { name: item.id, placeholder: item.placeholder, maxlength: item.maxLength, value: item.value })),
  'Input.Number': item => labelled(item, element('input', { type: 'number', name: item.id, min: item.min, max: item.max, value: item.value })),
  'Input.Date': item => labelled(item, element('input', { type: 'date', name: item.id, min: item.min, max: item.max, value: item.value })),
  'Input.Time': item => labelled(item, element('input', { type: 'time', name: item.id, value: item.value })),
  'Input.Toggle': item => element('label', { class: 'choice' }, element('input', { type: 'checkbox', name: item.id, value: 'true', 'data-toggle': 'true' }), item.title),
  'Input.ChoiceSet': item => item.style === 'expanded' || item.isMultiSelect
    ? element('fieldset', {}, element('legend', {}, item.label ?? ''), ...item.choices.map(choice => element('label', { class: 'choice' },
      element('input', { type: item.isMultiSelect ? 'checkbox' : 'radio', name: item.id, value: choice.value, checked: (item.value ?? '').split(',').includes(choice.value) }),
      choice.title)))
    : labelled(item, element('select', { name: item.id }, element('option', { value: '' }, item.placeholder ?? ''),
      ...item.choices.map(choice => element('option', { value: choice.value, selected: choice.value === item.value }, choice.title)))),
};

const unknown = item => element('div', { class: 'unknown' }, `[${item.type}]`);

const labelled = (item, input) => element('label', { class: 'field' }, element('span', {}, item.label ?? item.id), input);

function actions(list, form, press) {
  const row = element('div', { class: 'actions' });
  for (const action of list ?? []) {
    if (action.type === 'Action.ShowCard') {
      const inner = element('div', { class: 'show-card', hidden: true }, ...items(action.card.body, form, press), actions(action.card.actions, form, press));
      row.append(element('button', { type: 'button', onclick: () => { inner.hidden = !inner.hidden; } }, action.title), inner);
    } else if (action.type === 'Action.OpenUrl') {
      row.append(element('a', { href: action.url, rel: 'noreferrer' }, action.title));
    } else {
      row.append(element('button', { type: 'button', class: action.style ?? '', onclick: () => press({ ...action, data: { ...action.data, ...inputs(form) } }) }, action.title));
    }
  }
  return row;
}

// as a client submits them: several choices joined by commas, what is empty left out
function inputs(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (value !== '') values[name] = name in values ? `${values[name]},${value}` : value;
  }
  return values;
}
