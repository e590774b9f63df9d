/** What the pages are made of. */
import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Problem } from './api';
import { texts } from './texts';

/** The main part of a page. Its heading takes the focus, so that a screen reader says where one is. */
export function Page({ title, children, narrow }: { title: string; children: ComponentChildren; narrow?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${texts.product}`;
    heading.current?.focus();
  }, [title]);
  return (
    <main id="main" class={narrow ? 'narrow' : undefined}>
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children}
    </main>
  );
}

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

export const Notice = ({ children }: { children: ComponentChildren }) => (
  <p role="status" class="notice">
    {children}
  </p>
);

export const Failure = ({ children }: { children: ComponentChildren }) => (
  <p role="alert" class="failure">
    {children}
  </p>
);

/** A problem in words; nothing where there is none. Those of fields are told at the fields. */
export function Told({ problem }: { problem: unknown }) {
  if (!problem) return null;
  return <Failure>{problem instanceof Problem ? problem.text : texts.problems.internal_error}</Failure>;
}

export const errorsOf = (problem: unknown, field: string) => (problem instanceof Problem ? problem.errors?.[field] : undefined);

type FieldProps = {
  label: string;
  name: string;
  hint?: string;
  problem?: unknown;
  type?: 'text' | 'email' | 'password' | 'datetime-local';
  autocomplete?: string;
  autocapitalize?: 'off';
  spellcheck?: boolean;
  required?: boolean;
  maxLength?: number;
  defaultValue?: string;
};

export function Field({ label, name, hint, problem, ...input }: FieldProps) {
  const id = useId();
  const errors = errorsOf(problem, name);
  const described = [hint && `${id}-hint`, errors && `${id}-error`].filter(Boolean).join(' ');
  const attributes = { id, name, 'aria-describedby': described || undefined, 'aria-invalid': errors ? true : undefined, ...input };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input {...(attributes as InputHTMLAttributes)} />
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {errors && (
        <p id={`${id}-error`} class="error">
          {errors.join(' ')}
        </p>
      )}
    </div>
  );
}

export const EmailField = (props: { problem?: unknown; label?: string; name?: string; autocomplete?: string }) => (
  <Field type="email" label={texts.signIn.email} name="email" autocomplete="username" required maxLength={320} {...props} />
);

export const PasswordField = (props: { problem?: unknown; label?: string; name?: string; isNew?: boolean; hint?: string }) => {
  const { isNew, ...rest } = props;
  return <Field type="password" label={texts.signIn.password} name="password" autocomplete={isNew ? 'new-password' : 'current-password'} required {...rest} />;
};

export const CodeField = (props: { problem?: unknown }) => (
  <Field
    label={texts.code.label}
    name="code"
    hint={texts.code.hint}
    autocomplete="one-time-code"
    autocapitalize="off"
    spellcheck={false}
    required
    {...props}
  />
);

type Values = Record<string, string>;

type FormProps = {
  submit: string;
  act: (values: Values) => Promise<unknown>;
  children?: (problem: unknown) => ComponentChildren;
  danger?: boolean;
  /** Whether what was entered stays. */
  keep?: boolean;
  after?: ComponentChildren;
};

/** Fields and one button. While the act is under way the button rests; what it is refused for is told. */
export function Form({ submit, act, children, danger, keep, after }: FormProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget as HTMLFormElement;
    setBusy(true);
    setProblem(undefined);
    try {
      await act(Object.fromEntries(new FormData(form)) as Values);
      if (form.isConnected && !keep) form.reset();
    } catch (failure) {
      setProblem(failure);
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid]')?.focus());
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={send}>
      {children?.(problem)}
      <Told problem={problem} />
      <div class="actions">
        <button type="submit" class={danger ? 'danger' : 'primary'} aria-disabled={busy}>
          {submit}
        </button>
        {after}
      </div>
    </form>
  );
}

/** Keeps what a page has loaded. */
export function useLoaded<T>(load: () => Promise<T>, deps: unknown[] = []) {
  const [value, setValue] = useState<T>();
  const [problem, setProblem] = useState<unknown>();
  const reload = () => load().then(setValue, setProblem);
  useEffect(() => void reload(), deps);
  return { value, setValue, problem, reload };
}

/** Runs acts of buttons: one at a time, and tells of the last one. */
export function useActs() {
  const [problem, setProblem] = useState<unknown>();
  const [done, setDone] = useState<string>();
  const busy = useRef(false);
  const run = async (act: () => Promise<unknown>, text?: string) => {
    if (busy.current) return;
    busy.current = true;
    setProblem(undefined);
    setDone(undefined);
    try {
      await act();
      setDone(text);
    } catch (failure) {
      setProblem(failure);
    } finally {
      busy.current = false;
    }
  };
  const told = (
    <>
      {done && <Notice>{done}</Notice>}
      <Told problem={problem} />
    </>
  );
  return { run, told, problem };
}

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

export function When({ time }: { time: string | null }) {
  if (!time) return <>{texts.time.never}</>;
  const date = new Date(time);
  const seconds = Math.min(0, Math.round((date.getTime() - Date.now()) / 1000));
  const [unit, size] = units.find(([, size]) => -seconds >= size) ?? ['second', 1];
  return (
    <time dateTime={time} title={date.toLocaleString()}>
      {relative.format(Math.round(seconds / size), unit)}
    </time>
  );
}
