import { ActionFailure } from '../../kit/index.ts';
import { library } from '../../support/library.ts';

const markdown = library<typeof import('markdown-it').default>('markdown-it');

export interface Renderer {
  render(text: string): string;
}

const mostSteps = 150_000;
/** A link takes as long as so many other parts. */
const linkSteps = 6;

/**
 * Time is not bounded by the length of a text: lines are looked at once for every quote or list around them, brackets once for
 * every bracket before them, and short rows of tables are filled. So every place where a rule is tried counts, and every token.
 */
const makeRenderer = (breaks: boolean, linkify: boolean): Renderer => {
  const renderer = new (markdown())({ html: false, breaks, linkify });
  const { block, inline, validateLink } = renderer;
  let steps = 0;
  const count = (more: number): void => {
    steps += more;
    if (steps > mostSteps) {
      throw new ActionFailure(
        'data-invalid',
        `\`markdown\` has more than ${mostSteps} lines, marks and other parts, which is the most that is read; give a part of it`,
      );
    }
  };
  const countPlace = (): false => {
    count(1);
    return false;
  };
  block.ruler.before('table', 'count', countPlace, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  inline.ruler.before('text', 'count', countPlace);
  block.State = class extends block.State {
    override push(...token: Parameters<InstanceType<typeof block.State>['push']>) {
      count(1);
      return super.push(...token);
    }
  };
  inline.State = class extends inline.State {
    override push(...token: Parameters<InstanceType<typeof inline.State>['push']>) {
      count(1);
      return super.push(...token);
    }
  };
  renderer.validateLink = (url) => {
    count(linkSteps);
    return validateLink(url);
  };
  return {
    render: (text) => {
      steps = 0;
      return renderer.render(text);
    },
  };
};

// Making one takes longer than most texts.
const renderers = new Map<string, Renderer>();

export const rendererFor = (breaks: boolean, linkify: boolean): Renderer => {
  const key = `${breaks} ${linkify}`;
  let renderer = renderers.get(key);
  if (renderer === undefined) {
    renderer = makeRenderer(breaks, linkify);
    renderers.set(key, renderer);
  }
  return renderer;
};
