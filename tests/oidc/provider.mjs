// A provider of identities for the tests: `node provider.mjs`, told in JSON on its first line of input what to be.
// It says in a line where it listens. Under /test/ the tests say who there is, and change its keys.
import { createServer } from "node:http";
import { generateKeyPairSync } from "node:crypto";
import { createInterface } from "node:readline";
import Provider from "oidc-provider";

const people = new Map();
let answering = null;
let issuer = "";

const told = await new Promise((done) => createInterface({ input: process.stdin }).once("line", done));
const { clients } = JSON.parse(told);

function keys() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] };
}

function provider() {
  const made = new Provider(issuer, {
    clients,
    jwks: keys(),
    cookies: { keys: ["a key of the tests"] },
    pkce: { required: () => true },
    scopes: ["openid", "email", "profile"],
    claims: { openid: ["sub", "groups"], email: ["email", "email_verified"], acr: null, amr: null },
    acrValues: ["strong", "weak"],
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
    interactions: { url: (_context, interaction) => `/test/interaction/${interaction.uid}` },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    conformIdTokenClaims: !people.get("all in the token"),
    findAccount: (_context, id) => people.has(id) && { accountId: id, claims: () => ({ sub: id, ...people.get(id) }) },
    // Whoever signs in agrees to what is told about them.
    async loadExistingGrant(context) {
      const grant = new made.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId });
      grant.addOIDCScope("openid email profile");
      grant.addOIDCClaims(["groups", "acr", "amr"]);
      await grant.save();
      return grant;
    },
  });
  return made;
}

async function body(request) {
  let text = "";
  for await (const part of request) text += part;
  return text ? JSON.parse(text) : {};
}

async function test(request, response) {
  const { pathname, searchParams } = new URL(request.url, issuer);
  const [, , what, id] = pathname.split("/");
  if (what === "people") people.set(decodeURIComponent(id), await body(request));
  else if (what === "anew") answering = provider();
  else if (what === "interaction") {
    const as = Object.fromEntries(searchParams);
    const result = as.denied
      ? { error: "access_denied", error_description: "somebody said no" }
      : { login: { accountId: as.account, acr: as.acr, amr: as.amr?.split(" "), remember: false } };
    await answering.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    return;
  }
  response.end("{}");
}

const server = createServer((request, response) =>
  request.url.startsWith("/test/") ? test(request, response) : answering.callback()(request, response),
);
server.listen(0, "127.0.0.1", () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  answering = provider();
  console.log(issuer);
});
