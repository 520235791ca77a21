// What a person's hands do on a card: find the input by what is written beside it, fill it in, find the button.

export const button = (article, title) => [...article.querySelectorAll('button')].find(b => b.textContent === title && !b.closest('[hidden]'));

// fills in, one input after the other; yields each, so that whoever looks on can follow
export function* fill(form, inputs, now) {
  for (const [label, value] of Object.entries(inputs)) {
    const field = named([...form.querySelectorAll('label.field, fieldset')], label, words);
    if (field.matches('fieldset')) {
      for (const title of value) {
        const choice = named([...field.querySelectorAll('label.choice')], title, node => node.textContent);
        choice.querySelector('input').checked = true;
        yield choice;
      }
    } else {
      const input = field.querySelector('input, select, textarea');
      input.value = input.matches('select') ? named([...input.options], value, option => option.textContent).value
        : input.type === 'date' ? dayOf(value, now)
        : value;
      yield input;
    }
  }
}

const words = field => (field.querySelector('span, legend')).textContent;

// the one called so, else one whose name holds it
function named(list, name, nameOf) {
  const found = list.find(item => nameOf(item) === name) ?? list.find(item => nameOf(item).includes(name));
  if (!found) throw new Error(`There is no “${name}” to fill in.`);
  return found;
}

// "in 1 day"
const dayOf = (said, now) => new Date(now.getTime() + parseInt(said.split(' ')[1], 10) * 86_400_000).toISOString().slice(0, 10);
