// What of the runtime's objects is handled on this side. Each call from wasm into JavaScript costs as much as a small piece of
// work, and each text that crosses is decoded by itself; so what belongs together crosses as one text.

// A request's head in lines: method, address, then name and value of each header by turns. None of them can hold a line break.
export function head(request) {
  const lines = [request.method, request.url];
  for (const [name, value] of request.headers) lines.push(name, value);
  return lines.join("\n");
}

// A request's body, read at once: only for one that declares a length within bounds.
export async function body(request) {
  return new Uint8Array(await request.arrayBuffer());
}

// A whole response. Its headers are lines as above.
export function respond(status, lines, bytes) {
  const words = lines === "" ? [] : lines.split("\n");
  const headers = [];
  for (let place = 0; place < words.length; place += 2) headers.push([words[place], words[place + 1]]);
  return new Response(bytes.length === 0 ? null : bytes, { status, headers });
}

// SQL texts by the number that stands for them: the program's own ones never change, and cross once.
const texts = new Map();

export function remember(number, text) {
  texts.set(number, text);
}

// Runs statements as one transaction. Each is a list of its text (or the number of one) and its parameters. Gives back, for each,
// the first column of its first row when that is a text.
export async function batch(env, binding, statements) {
  const database = env[binding];
  const prepared = JSON.parse(statements).map(([text, ...parameters]) => {
    const statement = database.prepare(typeof text === "number" ? texts.get(text) : text);
    return parameters.length === 0 ? statement : statement.bind(...parameters);
  });
  return (await database.batch(prepared)).map(({ results }) => {
    for (const column in results?.[0]) {
      const value = results[0][column];
      return typeof value === "string" ? value : null;
    }
    return null;
  });
}

// Whether the rate-limit binding lets one more through.
export async function allows(env, binding, key) {
  return (await env[binding].limit({ key })).success;
}
