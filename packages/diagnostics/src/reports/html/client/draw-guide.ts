import type uPlot from 'uplot';

/** A dotted line across the plot at a value, with its text, which stays legible over curves. */
export function drawGuide(u: uPlot, guide: number, text: string, { ink, card }: { readonly ink: string; readonly card: string }): void {
  const { ctx, bbox } = u;
  const y = Math.round(u.valToPos(guide, 'y', true));
  const [x, above] = [bbox.left + bbox.width - 4, y - 5 * devicePixelRatio];
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = ink;
  ctx.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.strokeStyle = card;
  ctx.lineWidth = 4 * devicePixelRatio;
  ctx.lineJoin = 'round';
  ctx.textAlign = 'right';
  ctx.strokeText(text, x, above);
  ctx.fillText(text, x, above);
  ctx.restore();
}
