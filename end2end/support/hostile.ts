/** Texts that would run where one forgets to escape them. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "';alert(1)//",
  '</textarea><script>alert(1)</script>',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '<a href="javascript:alert(1)">click</a>',
  '</script><script>alert(1)</script>',
  '<!--><script>alert(1)</script>',
  '\u2028\u2029<script>alert(1)</script>',
];
