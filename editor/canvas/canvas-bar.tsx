import { useStore } from 'reactflow';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useCanvas, useCanvasState } from './canvas-context.ts';

/** Zoom, and what can be shown beside the canvas. */
export function CanvasBar() {
  const { view } = useCanvas();
  const zoom = useStore((state) => state.transform[2]);
  const { hasMinimap, hasOutline, hasPalette } = useCanvasState((state) => state);
  const button = (icon: IconName, label: string, keys: string, perform: () => void, isOn?: boolean) => (
    <button
      type="button"
      className={`btn btn-quiet btn-icon btn-s${isOn ? ' is-on' : ''}`}
      aria-label={label}
      title={`${label} (${keys})`}
      aria-pressed={isOn}
      onClick={perform}
    >
      <Icon name={icon} size={14} />
    </button>
  );
  return (
    <div className="float float-bottom" role="toolbar" aria-label="Canvas">
      {button('panelLeft', 'Palette', 'P', () => view.toggle('hasPalette'), hasPalette)}
      {button('minus', 'Zoom Out', '-', () => view.stage?.zoom('out'))}
      <output aria-label="Zoom">{Math.round(zoom * 100)} %</output>
      {button('add', 'Zoom In', '+', () => view.stage?.zoom('in'))}
      {button('fit', 'Fit the Workflow', 'Shift 1', () => view.stage?.zoom('fit'))}
      {button('search', 'Find On Canvas', 'Ctrl F', () => view.state.setState({ finding: '' }))}
      {button('map', 'Minimap', 'M', () => view.toggle('hasMinimap'), hasMinimap)}
      {button('outline', 'Outline', 'O', () => view.toggle('hasOutline'), hasOutline)}
    </div>
  );
}
