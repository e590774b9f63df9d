import { useEffect, useRef, useState } from 'preact/hooks';
import { own } from '../../api';
import { Told } from '../../parts';
import type { List } from './admin';

/** A list of the administration that is read on page by page. Another query begins anew, and an answer to an older one counts no more. */
export function useList<T>(path: string, query: Record<string, string>) {
  const [items, setItems] = useState<T[]>();
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>();
  const asked = `${path}?${new URLSearchParams(query)}`;
  const newest = useRef(0);
  const load = async (cursor?: string) => {
    const number = ++newest.current;
    try {
      const page = await own<List<T>>('GET', cursor ? `${asked}&cursor=${encodeURIComponent(cursor)}` : asked);
      if (number !== newest.current) return;
      setItems((known) => [...(cursor ? (known ?? []) : []), ...page.items]);
      setNext(page.next);
      setProblem(undefined);
    } catch (failure) {
      if (number === newest.current) setProblem(failure);
    }
  };
  useEffect(() => void load(), [asked]);
  return { items, told: <Told problem={problem} />, more: next ? () => load(next) : undefined };
}
