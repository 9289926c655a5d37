// Errs where a page would not notice: in its worker.
addEventListener('message', ({ data }: MessageEvent<string>) => {
  console.error(data);
  postMessage('done');
});
