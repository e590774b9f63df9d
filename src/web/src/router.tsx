/** Addresses of the pages, below the path at which the server offers them. */
import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';

const base = new URL(document.baseURI).pathname.replace(/\/$/, '');

const current = () => {
  const path = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : location.pathname;
  return path.replace(/\/+$/, '') || '/';
};

const Path = createContext(current());

export const usePath = () => useContext(Path);

export function go(path: string): void {
  history.pushState(null, '', base + path);
  dispatchEvent(new PopStateEvent('popstate'));
}

export function Router({ children }: { children: ComponentChildren }) {
  const [path, setPath] = useState(current);
  useEffect(() => {
    const follow = () => setPath(current());
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  return <Path.Provider value={path}>{children}</Path.Provider>;
}

export function Link({ to, children, class: style }: { to: string; children: ComponentChildren; class?: string }) {
  const path = usePath();
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={base + to} class={style} aria-current={path === to ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  );
}
