import { afterEach, describe, expect, test, vi } from 'vitest';
import { TestEngine, testToken, until } from '../../test/support/engine.ts';
import { ApiClient } from '../api/client.ts';
import { DraftDesk } from './draft-desk.ts';
import { LiveProject } from './live-project.ts';

const empty = { operations: [] };

/** A desk at a real engine, without a browser. */
async function open(engine: TestEngine): Promise<{ desk: DraftDesk }> {
  // What a browser adds to a call: where the page came from, and who is signed in.
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) =>
    path.startsWith('/')
      ? ask(engine.control + path, { ...init, headers: { ...init.headers, authorization: `Bearer ${testToken}` } })
      : ask(path, init),
  );
  const api = new ApiClient();
  const project = new LiveProject(api, () => {});
  const desk = new DraftDesk(api, project);
  await project.refresh();
  return { desk };
}

const ask = fetch;
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the desk', () => {
  test('lists what is live with drafts on top, new ones among them, and tells only what changed', async () => {
    await using engine = await TestEngine.start({
      services: [
        { id: 'b', title: 'B', ...empty },
        { id: 'd', ...empty },
      ],
    });
    const { desk } = await open(engine);
    const services = desk.resources('service');
    await until(
      () => services.getState().length === 2,
      5000,
      () => 'the list',
    );
    const [, d] = services.getState();
    let told = 0;
    desk.resources('server').subscribe(() => told++);

    await desk.create('service', { id: 'c', operations: [] });
    desk.of('service/b').edit({ label: 'Title', operation: null }, (document) => ({ ...document, title: 'Edited' }));
    await until(
      () =>
        services
          .getState()
          .map(({ id, title }) => title ?? id)
          .join() === 'Edited,c,d',
      5000,
      () => 'both',
    );
    expect(services.getState()[2]).toBe(d);
    expect(told).toBe(0);
    expect([...desk.drafts.getState().values()].map(({ name, kind }) => [name, kind])).toEqual([
      ['service/b', 'changed'],
      ['service/c', 'added'],
    ]);
    await expect(desk.create('service', { id: 'c', operations: [] })).rejects.toMatchObject({
      status: 409,
      field: 'id',
    });
    await expect(desk.create('service', { id: 'd', operations: [] })).rejects.toMatchObject({ status: 409 });

    const { deployed, revision } = await desk.deploy(null, 'Both');
    expect(deployed).toEqual(['service/b', 'service/c']);
    expect(revision).toBeGreaterThan(0);
    await until(
      () => desk.drafts.getState().size === 0,
      5000,
      () => 'no drafts',
    );
    expect(services.getState().map(({ id }) => id)).toEqual(['b', 'c', 'd']);
  });

  test('removes a live resource with its draft, and puts both back', async () => {
    await using engine = await TestEngine.start({ services: [{ id: 'a', title: 'A', ...empty }] });
    const { desk } = await open(engine);
    const read = async (path: string) => {
      const answer = await engine.api(path);
      return answer.ok ? ((await answer.json()) as { title: string }).title : answer.status;
    };
    const both = async () => [await read('/api/services/a'), await read('/api/drafts/services/a')];
    desk.of('service/a').edit({ label: 'Title', operation: null }, (document) => ({ ...document, title: 'Edited' }));
    await desk.flush();
    expect(await both()).toEqual(['A', 'Edited']);
    const putBack = await desk.remove('service/a');
    expect(await both()).toEqual([404, 404]);
    await until(
      () => desk.resources('service').getState().length === 0,
      5000,
      () => 'an empty list',
    );
    await putBack();
    expect(await both()).toEqual(['A', 'Edited']);
    const titles = () =>
      desk
        .resources('service')
        .getState()
        .map(({ title }) => title);
    await until(
      () => titles().join() === 'Edited',
      5000,
      () => `the draft to be listed, found ${titles().join()}`,
    );
  });

  test('does not deploy a draft with errors, and does not take a deploy back that others went on from', async () => {
    await using engine = await TestEngine.start({ services: [{ id: 'a', title: 'A', ...empty }] });
    const { desk } = await open(engine);
    const title = (text: unknown) =>
      desk
        .of('service/a')
        .edit({ label: 'Title', operation: null }, (document) => ({ ...document, title: text as string }));
    title(1);
    await expect(desk.deploy(['service/a'])).rejects.toThrow('service/a cannot be deployed yet');
    title('Fine');
    const deployed = await desk.deploy(['service/a']);
    await engine.api('/api/services', { method: 'POST', json: { id: 'b', ...empty } });
    await expect(desk.takeBack(deployed)).rejects.toMatchObject({ status: 409 });
    expect(desk.of('service/a').state.getState().saving.state).toBe('live');
  });
});
