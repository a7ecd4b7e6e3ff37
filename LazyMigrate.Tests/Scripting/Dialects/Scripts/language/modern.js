/* eslint-env es2022 */
class Directory {
  static #people = new Map([['ada@example.com', { id: 1n, secret: 'opensesame', tags: ['a', 'b'] }]]);
  #attempts = 0;
  static { Object.freeze(this); }
  async find(email) { this.#attempts ||= 1; return Directory.#people.get(email) ?? null; }
}
const directory = new Directory();
async function* candidates(...emails) { for (const email of emails) yield await directory.find(email); }

async function login(email, password, callback) {
  const { retries = 1_0 } = configuration;
  outer: for (let i = 0; i < retries; i++) {
    for await (const person of candidates(email)) {
      if (!person || person.secret !== password) break outer;
      const { id, secret: _, ...rest } = person;
      return callback(null, { user_id: `${id}`, email: email?.toLowerCase(), user_metadata: { ...rest, last: rest.tags.at(-1), big: Object.fromEntries(Object.entries({ a: 2 ** 10 })) } });
    }
  }
  callback(new WrongUsernameOrPasswordError(email));
}
