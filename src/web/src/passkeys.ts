/** The browser's part of passkeys. */
import { open, own } from './api';

export type Passkey = { id: string; name: string; created: string; last_used: string | null };

/** Browsers know passkeys on https and on localhost, and for names alone. */
export const canUsePasskeys = () =>
  typeof PublicKeyCredential !== 'undefined' &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  !/^[\d.]+$|^\[/.test(location.hostname);

export async function signWithPasskey(mfaToken?: string): Promise<unknown> {
  const options = await open<PublicKeyCredentialRequestOptionsJSON>('POST', 'api/user/login/passkey/options', mfaToken ? { mfa_token: mfaToken } : {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  return credential.toJSON();
}

/** Throws a Problem of the server, or a DOMException where the browser or the user declined. */
export async function addPasskey(name: string, password: string): Promise<Passkey> {
  const options = await own<PublicKeyCredentialCreationOptionsJSON>('POST', 'api/user/passkeys/options', { current_password: password });
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  return own('POST', 'api/user/passkeys', { credential: credential.toJSON(), name });
}
