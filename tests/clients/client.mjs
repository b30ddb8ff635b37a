// Users as the SDK makes them: registered, logged in, syncing.

import { ClientEvent, createClient, SyncState } from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";

if (!process.env.CLIENT_LOG) {
  // Loggers made later take over the factory, though not the level.
  logger.methodFactory = () => () => {};
  logger.rebuild();
}

const PASSWORD = "wonderland";

/** Registers by user-interactive authentication and answers a client that is logged in. */
export async function register(baseUrl, username, options = {}) {
  const account = { username, password: PASSWORD, initial_device_display_name: "js-sdk" };
  const anonymous = createClient({ baseUrl });
  const challenge = await anonymous.registerRequest(account).then(
    () => Promise.reject(new Error("registered without authentication")),
    (error) => error.data,
  );
  if (!challenge?.flows?.some((flow) => flow.stages.join() === "m.login.dummy")) {
    throw new Error(`no dummy flow in ${JSON.stringify(challenge)}`);
  }

  const auth = { type: "m.login.dummy", session: challenge.session };
  return loggedIn(baseUrl, await anonymous.registerRequest({ ...account, auth }), options);
}

/** Answers a client that is another device of a registered user. */
export async function login(baseUrl, username, options = {}) {
  return loggedIn(baseUrl, await createClient({ baseUrl }).loginRequest({
    type: "m.login.password",
    identifier: { type: "m.id.user", user: username },
    password: PASSWORD,
  }), options);
}

/** Starts syncing; the list answered collects whatever goes wrong with it. */
export async function start(client, options) {
  const troubles = [];
  client.on(ClientEvent.SyncUnexpectedError, (error) => troubles.push(error.message));
  client.on(ClientEvent.Sync, (state, _, data) => {
    if (state === SyncState.Error || state === SyncState.Reconnecting) {
      troubles.push(`${state} ${data?.error?.message ?? ""}`);
    }
  });

  const prepared = next(client, ClientEvent.Sync, (state) => state === SyncState.Prepared);
  await client.startClient(options);
  await prepared;
  return troubles;
}

/** Waits for the next emission that the predicate accepts, and answers its arguments. */
export function next(client, event, predicate) {
  return new Promise((resolve) => {
    client.on(event, function listener(...args) {
      if (predicate(...args)) {
        client.off(event, listener);
        resolve(args);
      }
    });
  });
}

function loggedIn(baseUrl, login, options) {
  return createClient({
    ...options,
    baseUrl,
    userId: login.user_id,
    deviceId: login.device_id,
    accessToken: login.access_token,
  });
}
