// Puts style, saved queries and the connection where Neo4j Browser keeps its own, then goes to Browser.
// Runs on the same origin as Browser; what a person has saved or coloured there stays.

const OURS = "kg-";

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(`neo4j.${key}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(key, value) {
  localStorage.setItem(`neo4j.${key}`, JSON.stringify(value));
}

function putFavourites(kit) {
  const others = (key) => read(key, []).filter((item) => !String(item.id).startsWith(OURS));
  write("folders", [...others("folders"), ...kit.folders]);
  write("documents", [...others("documents"), ...kit.documents]);
}

function putStyle(kit) {
  // A colour that a person changed in Browser lasts until kg brings another style.
  if (localStorage.getItem("kg.style") === kit.digest) return;
  write("grass", kit.grass);
  localStorage.setItem("kg.style", kit.digest);
}

function putSettings(kit) {
  const settings = read("settings", {});
  const start = settings.initCmd ?? ":play start";
  write("settings", { ...kit.settings, ...settings, initCmd: start === ":play start" ? "" : start });
}

function putConnection(host, login) {
  const id = "$$discovery";
  const known = read("connections", {});
  const connection = {
    ...known.connectionsById?.[id],
    id,
    name: id,
    type: "bolt",
    host,
    username: login.user,
    password: login.password,
    authenticationMethod: "NATIVE",
    authEnabled: true,
  };
  write("connections", {
    ...known,
    allConnectionIds: [...new Set([...(known.allConnectionIds ?? []), id])],
    connectionsById: { ...known.connectionsById, [id]: connection },
    activeConnection: id,
  });
}

// `kg neo4j open` waits on a port of this machine and gives the login once, to whoever has the token.
async function handedOver() {
  const [, port, token] = /^#(\d{1,5})\.([\w-]{20,})$/.exec(location.hash) ?? [];
  history.replaceState(null, "", location.pathname);
  if (!token) return null;
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/${token}`, { cache: "no-store" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

async function main() {
  const login = await handedOver();
  const kit = await (await fetch("kg.json", { cache: "no-store" })).json();
  putStyle(kit);
  putFavourites(kit);
  putSettings(kit);
  const discovered = await (await fetch("/", { headers: { Accept: "application/json" } })).json();
  const host = discovered.bolt_direct;
  if (login) putConnection(host, login);
  const stored = read("connections", {}).connectionsById?.["$$discovery"];
  const ready = stored?.host === host && stored.username && stored.password;
  const form = `?dbms=${encodeURIComponent(host.replace("bolt://", `bolt://${kit.user}@`))}`;
  location.replace(`index.html${ready ? "" : form}`);
}

main().catch((error) => {
  document.getElementById("state").textContent = `This did not work (${error}); open index.html instead.`;
});
